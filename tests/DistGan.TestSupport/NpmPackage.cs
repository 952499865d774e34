using System.Diagnostics;

namespace DistGan.TestSupport;

/// <summary>Installs a program from the npm registry once and keeps it outside the repository.</summary>
internal static class NpmPackage
{
    private const string Install = "install the Debian packages nodejs and npm";
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(5);

    public static string Node => Programs.Find("node", Install);

    /// <summary>The folder of a package, installed where it is not there yet.</summary>
    public static async Task<string> FolderAsync(string package, string version)
    {
        var kept = Path.Combine(Programs.Cache(), $"{package}-{version}");
        if (!Directory.Exists(kept))
        {
            // Whole or not there: two test runs at once both install, and the second throws its copy away.
            var own = $"{kept}.{Guid.NewGuid():N}";
            Directory.CreateDirectory(own);
            try
            {
                await InstallAsync(package, version, own);
                Directory.Move(own, kept);
            }
            catch (IOException) when (Directory.Exists(kept))
            {
            }
            finally
            {
                if (Directory.Exists(own))
                {
                    Directory.Delete(own, recursive: true);
                }
            }
        }

        return Path.Combine(kept, "node_modules", package);
    }

    private static async Task InstallAsync(string package, string version, string folder)
    {
        var start = new ProcessStartInfo(
            Programs.Find("npm", Install),
            ["install", "--prefix", folder, "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error", $"{package}@{version}"])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
            WorkingDirectory = folder,
        };
        using var npm = Process.Start(start)!;
        using var deadline = new CancellationTokenSource(Deadline);
        var output = npm.StandardOutput.ReadToEndAsync(CancellationToken.None);
        var complaints = npm.StandardError.ReadToEndAsync(CancellationToken.None);
        try
        {
            await npm.WaitForExitAsync(deadline.Token);
        }
        catch (OperationCanceledException)
        {
            npm.Kill(entireProcessTree: true);
        }

        if (deadline.IsCancellationRequested || npm.ExitCode != 0)
        {
            var outcome = deadline.IsCancellationRequested ? $"npm did not end within {Deadline}" : $"npm ended with {npm.ExitCode}: {(await complaints + await output).Trim()}";
            throw new InvalidOperationException(
                $"{package} {version} could not be installed: {outcome}. It is fetched from the npm registry once and then kept in {Programs.Cache()}.");
        }
    }
}
