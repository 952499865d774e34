using System.Text.RegularExpressions;

namespace DistGan.EndToEnd.Tests.Deploy;

/// <summary>Commands of a page that write settings of units and put drop-ins beside them.</summary>
internal sealed partial class SystemdExample
{
    private const string Shipped = "/opt/distgan/";

    private readonly ILookup<string, string> _dropIns;

    private SystemdExample(string commands)
    {
        Units = Heredoc.Matches(commands).ToDictionary(
            static match => $"distgan-{match.Groups["host"].Value}",
            static match => match.Groups["lines"].Value.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static line => line.Split('=', 2)).ToDictionary(static pair => pair[0], static pair => pair[1], StringComparer.Ordinal));
        _dropIns = DropIn.Matches(commands).ToLookup(static match => match.Groups["unit"].Value, static match => match.Groups["file"].Value);
    }

    /// <summary>The settings that units are given.</summary>
    public IReadOnlyDictionary<string, Dictionary<string, string>> Units { get; }

    /// <summary>The blocks of a page that write settings.</summary>
    public static IEnumerable<SystemdExample> OfPage(string page)
        => page.Split("```").Where(static (_, index) => index % 2 == 1).Where(static block => Heredoc.IsMatch(block)).Select(static block => new SystemdExample(block));

    /// <summary>The folders that a unit may write to, by its own text and that of its drop-ins.</summary>
    public IEnumerable<string> WritableBy(string unit, string text)
    {
        Assert.Contains("ProtectSystem=strict", text, StringComparison.Ordinal);
        return _dropIns[unit].Select(static file => DeployFiles.Read(file[Shipped.Length..])).Prepend(text)
            .SelectMany(static part => Writable.Matches(part)).Select(static match => match.Groups["state"] is { Success: true } state ? $"/var/lib/{state.Value}" : match.Groups["path"].Value);
    }

    [GeneratedRegex(@"^cat >/etc/distgan/(?<host>\w+)\.env <<'END'\n(?<lines>(?:.*\n)*?)END$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Heredoc { get; }

    [GeneratedRegex(@"^install -D -m 644 -t /etc/systemd/system/(?<unit>[\w-]+)\.service\.d (?<file>/opt/distgan/systemd/[\w.]+)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex DropIn { get; }

    [GeneratedRegex(@"^(StateDirectory=(?<state>\S+)|ReadWritePaths=(?<path>\S+))$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Writable { get; }
}
