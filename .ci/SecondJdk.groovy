// Finds another JDK for the second run of the tests: 25 or later, or 17 where the build itself runs on 25 or later.
// JDKs are recognised by the `release` file in their home. The first one found wins.
def home = new File(System.getProperty('java.home')).canonicalPath
def running = Runtime.version().feature()
def wanted = running >= 25 ? { it == 17 } : { it >= 25 }

def named = System.getenv().findAll { it.key ==~ /JAVA(25|17)_HOME|JAVA_HOME_(25|17).*/ }.values()
def user = System.getProperty('user.home')
def roots = ["$home/..", "$home/../../..", "$user/.sdkman/candidates/java", "$user/.local/share/mise/installs/java",
             "$user/.jdks"]
def homes = named.collect { new File(it) } + roots.collectMany { root ->
    def folders = (new File(root).listFiles() ?: []).sort() as List
    folders + folders.collect { new File(it, 'Contents/Home') }
}
def second = homes.find { jdk ->
    def release = new File(jdk, 'release')
    if (!release.isFile() || !['javac', 'javac.exe'].any { new File(jdk, "bin/$it").isFile() }) return false
    def version = release.text =~ /(?m)^JAVA_VERSION="(\d+)/
    version && wanted(version[0][1] as int)
}

project.properties['weft.secondJdk.missing'] = String.valueOf(second == null)
if (second != null) project.properties['weft.secondJdk'] = second.canonicalPath

if (project != session.projects.first()) return // said once is enough
if (second != null) {
    log.info("The tests run on JDK $running and again on $second.canonicalPath")
} else {
    def other = running >= 25 ? 17 : 25
    log.warn("NO SECOND JDK FOUND: the tests run on JDK $running alone. Install JDK $other or point JAVA${other}_HOME at one.")
}
