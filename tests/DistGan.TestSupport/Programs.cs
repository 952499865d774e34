namespace DistGan.TestSupport;

/// <summary>Finds programs, and the folder where what tests install is kept.</summary>
internal static class Programs
{
    /// <summary>Where another folder for what tests install may be named.</summary>
    private const string CacheVariable = "DISTGAN_TEST_CACHE";

    /// <summary>The full path of a program on the PATH.</summary>
    /// <param name="program">Its file name.</param>
    /// <param name="install">What brings it, for the message.</param>
    public static string Find(string program, string install)
        => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists)
            ?? throw new InvalidOperationException($"{program} is not on the PATH: {install}, or run ./test.sh as root, which does it.");

    /// <summary>A folder outside the repository that outlives a test run.</summary>
    public static string Cache()
    {
        if (Environment.GetEnvironmentVariable(CacheVariable) is { Length: > 0 } named)
        {
            return Path.GetFullPath(named);
        }

        var caches = Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } xdg ? xdg
            : Environment.GetEnvironmentVariable("HOME") is { Length: > 0 } home ? Path.Combine(home, ".cache")
            : Path.GetTempPath();
        return Path.Combine(caches, "distgan-tests");
    }
}
