using System.Diagnostics;

namespace DistGan.TestSupport;

/// <summary>What tests install once and keep outside the repository.</summary>
internal static class KeptFolder
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(5);

    /// <summary>A folder of that name, filled where it is not there yet.</summary>
    /// <param name="name">What it holds, with the version.</param>
    /// <param name="fill">Installs into an empty folder.</param>
    public static async Task<string> GetAsync(string name, Func<string, Task> fill)
    {
        var kept = Path.Combine(Programs.Cache(), name);
        if (!Directory.Exists(kept))
        {
            // Whole or not there: two test runs at once both install, and the second throws its copy away.
            var own = $"{kept}.{Guid.NewGuid():N}";
            Directory.CreateDirectory(own);
            try
            {
                await fill(own);
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

        return kept;
    }

    /// <summary>Runs an installer to its end.</summary>
    /// <param name="what">What it installs, for the message.</param>
    /// <param name="folder">The folder in which it is started.</param>
    /// <param name="program">The installer.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <exception cref="InvalidOperationException">It failed, or took too long.</exception>
    public static async Task InstallAsync(string what, string folder, string program, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true, UseShellExecute = false, WorkingDirectory = folder };
        using var installer = Process.Start(start)!;
        using var deadline = new CancellationTokenSource(Deadline);
        var output = installer.StandardOutput.ReadToEndAsync(CancellationToken.None);
        var complaints = installer.StandardError.ReadToEndAsync(CancellationToken.None);
        try
        {
            await installer.WaitForExitAsync(deadline.Token);
        }
        catch (OperationCanceledException)
        {
            installer.Kill(entireProcessTree: true);
        }

        if (deadline.IsCancellationRequested || installer.ExitCode != 0)
        {
            var name = Path.GetFileName(program);
            var outcome = deadline.IsCancellationRequested ? $"{name} did not end within {Deadline}" : $"{name} ended with {installer.ExitCode}: {(await complaints + await output).Trim()}";
            throw new InvalidOperationException($"{what} could not be installed: {outcome}. It is fetched once and then kept in {Programs.Cache()}.");
        }
    }
}
