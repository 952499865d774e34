namespace DistGan.TestSupport;

/// <summary>Shells that run a script: those of the Debian packages, and PowerShell, which is a .NET tool that is installed once.</summary>
public static class Shells
{
    private const string PowerShellVersion = "7.6.9";

    /// <summary>The program of a shell and its arguments that run a script without anything of the user's own.</summary>
    /// <param name="shell">bash, zsh, fish or pwsh.</param>
    /// <param name="script">The script.</param>
    public static async Task<IReadOnlyList<string>> CommandAsync(string shell, string script) => shell switch
    {
        "bash" => [Programs.Find("bash", "install the Debian package bash"), "--norc", script],
        "zsh" => [Programs.Find("zsh", "install the Debian package zsh"), "-f", script],
        "fish" => [Programs.Find("fish", "install the Debian package fish"), "--no-config", script],
        "pwsh" => [await PowerShellAsync(), "-NoProfile", "-NonInteractive", "-File", script],
        _ => throw new ArgumentOutOfRangeException(nameof(shell), shell, "Not one of the shells."),
    };

    private static async Task<string> PowerShellAsync()
    {
        var kept = await KeptFolder.GetAsync($"PowerShell-{PowerShellVersion}", static folder => KeptFolder.InstallAsync(
            $"PowerShell {PowerShellVersion} of NuGet",
            folder,
            Programs.Find("dotnet", "install the .NET SDK"),
            "tool", "install", "PowerShell", "--version", PowerShellVersion, "--tool-path", folder));
        return Path.Combine(kept, "pwsh");
    }
}
