using System.Diagnostics;
using DistGan.EndToEnd.Tests.Processes;

namespace DistGan.EndToEnd.Tests.CommandLine;

/// <summary>A real bash that has sourced the script.</summary>
public sealed class CompletionTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("distgan tra", "train")]
    [InlineData("distgan cluster ", "add list remove use")]
    [InlineData("distgan submit --det", "--detach")]
    [InlineData("distgan train --preset fashion-w", "fashion-wgan-gp")]
    [InlineData("distgan train --set topology.repl", "topology.replicas=")]
    [InlineData("distgan train --preset ring --set techniques.ema.de", "techniques.ema.decay=")]
    [InlineData("distgan explain generator.optimizer.beta1", "generator.optimizer.beta1")]
    [InlineData("distgan watch --cluster l", "lab localhost")]
    [InlineData("distgan watch --cluster localhost:1 ", "")]
    public async Task Bash_AfterSourcing_OffersWhatFits(string line, string expected)
    {
        _folder.Write("config.json", """{ "clusters": { "lab": {} } }""");
        var script = _folder.Write("complete.sh", (await DistGanProcess.RunAsync(_folder.Path, "completion", "bash")).Out);
        var asks = _folder.Write("ask.sh", $$"""
            distgan() { dotnet '{{DistGanProcess.Assembly}}' "$@"; }
            source '{{script}}'
            complete -p distgan >/dev/null || exit 9
            COMP_LINE='{{line}}' COMP_POINT={{line.Length}} COMP_WORDS=({{line}})
            _distgan
            printf '%s ' "${COMPREPLY[@]}"
            """);

        Assert.Equal(expected, (await BashAsync(asks)).Trim());
    }

    [Theory]
    [InlineData("zsh", "compdef _distgan distgan")]
    [InlineData("fish", "complete -c distgan")]
    [InlineData("pwsh", "Register-ArgumentCompleter")]
    public async Task Completion_OfAnotherShell_RegistersThere(string shell, string part)
        => Assert.Contains(part, (await DistGanProcess.RunAsync(_folder.Path, "completion", shell)).Out, StringComparison.Ordinal);

    [Fact]
    public async Task Completion_OfAnUnknownShell_IsAUsageError()
        => Assert.Equal(2, (await DistGanProcess.RunAsync(_folder.Path, "completion", "csh")).ExitCode);

    private async Task<string> BashAsync(string script)
    {
        var start = new ProcessStartInfo("bash", ["--norc", script]) { WorkingDirectory = _folder.Path, UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["DISTGAN_CONFIG"] = _folder["config.json"];
        using var bash = Process.Start(start)!;
        var text = bash.StandardOutput.ReadToEndAsync();
        var errors = bash.StandardError.ReadToEndAsync();
        await bash.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(120));
        Assert.True(bash.ExitCode == 0, $"{bash.ExitCode}: {await errors}");
        return await text;
    }
}
