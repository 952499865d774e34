using System.Diagnostics;
using DistGan.EndToEnd.Tests.Processes;
using DistGan.TestSupport;

namespace DistGan.EndToEnd.Tests.CommandLine;

/// <summary>Real shells that have loaded their scripts.</summary>
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

        Assert.Equal(expected, (await RunAsync("bash", asks)).Trim());
    }

    /// <summary>Asks as a person does who presses tab in zsh; fish and PowerShell can be asked without keys.</summary>
    [Theory]
    [InlineData("zsh", """
        zmodload zsh/zpty
        zpty shell zsh -f -i
        zpty -w shell 'PROMPT=; autoload -Uz compinit; compinit -u -D; distgan() { dotnet "ASSEMBLY" "$@" }; source complete'
        zpty -w shell 'typeset -gaU hits; compadd() { local -a some; builtin compadd -A some "$@"; hits+=("${some[@]}"); builtin compadd "$@" }'
        zpty -w shell 'tell() { print -r -- "${(j: :)hits}" >> told; hits=(); zle send-break }; zle -N tell; bindkey "^Y" tell; print rea""dy'
        zpty -r shell seen '*ready*'
        tell() { zpty -w -n shell "$1"$'\t\x19'; while [[ ! -s told ]] { zpty -r -t shell seen; sleep 0.05 }; cat told; rm told }
        """, "tell 'LINE'")]
    [InlineData("fish", """
        function distgan; dotnet 'ASSEMBLY' $argv; end
        source complete
        """, "complete -C 'LINE' | string join ' '; true")]
    [InlineData("pwsh", """
        function global:distgan { dotnet 'ASSEMBLY' @args }
        Get-Content -Raw complete | Invoke-Expression
        function tell($line) { [System.Management.Automation.CommandCompletion]::CompleteInput($line, $line.Length, $null).CompletionMatches.CompletionText -join ' ' }
        """, "tell 'LINE'")]
    public async Task Shell_AfterLoadingTheScript_OffersWhatFits(string shell, string prologue, string ask)
    {
        (string Line, string Offered)[] all =
        [
            ("distgan tra", "train"),
            ("distgan cluster ", "add list remove use"),
            ("distgan train --preset fashion-w", "fashion-wgan-gp"),
            ("distgan train --set topology.repl", "topology.replicas="),
            ("echo train ; distgan stop --n", "--now"),
            ("distgan train only-a", "only-a-file.yaml"),
        ];
        _folder.Write("complete", (await DistGanProcess.RunAsync(_folder.Path, "completion", shell)).Out);
        _folder.Write("only-a-file.yaml", "");
        var script = _folder.Write("ask.ps1", $"{prologue.Replace("ASSEMBLY", DistGanProcess.Assembly, StringComparison.Ordinal)}\n{string.Join('\n', all.Select(one => ask.Replace("LINE", one.Line, StringComparison.Ordinal)))}\n");

        var told = await RunAsync(shell, script);

        Assert.Equal(all.Select(static one => one.Offered), told.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static line => line.TrimEnd().TrimStart('.', '/', '\\')));
    }

    [Fact]
    public async Task Completion_OfAnUnknownShell_IsAUsageError()
        => Assert.Equal(2, (await DistGanProcess.RunAsync(_folder.Path, "completion", "csh")).ExitCode);

    private async Task<string> RunAsync(string shell, string script)
    {
        var command = await Shells.CommandAsync(shell, script);
        var start = new ProcessStartInfo(command[0], command.Skip(1)) { WorkingDirectory = _folder.Path, UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var name in (string[])["XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME"])
        {
            start.Environment[name] = _folder[".home"];
        }

        start.Environment["DISTGAN_CONFIG"] = _folder["config.json"];
        start.Environment["POWERSHELL_TELEMETRY_OPTOUT"] = "1";
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var (text, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        try
        {
            await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(120));
        }
        catch (TimeoutException)
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"Waited 120 s for the end of {shell}; it said: {await text}{await errors}");
        }

        Assert.True(process.ExitCode == 0, $"{shell} ended with {process.ExitCode}: {await text}{await errors}");
        return await text;
    }
}
