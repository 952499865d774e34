using System.CommandLine;
using DistGan.Client.CommandLine;

namespace DistGan.EndToEnd.Tests.Verbs;

public sealed class VerbTableTests
{
    [Fact]
    public void Table_OfAllVerbs_HasEveryCommandOfTheTree()
    {
        var root = CommandTree.Build(new CommandConsole { Out = TextWriter.Null, Error = TextWriter.Null, IsTerminal = false, NoColor = true, Time = TimeProvider.System });

        Assert.Equal(Below(root, "").Order(StringComparer.Ordinal), VerbTable.Local.Concat(VerbTable.OnCluster).Select(static verb => verb.Command).Concat(VerbTable.Elsewhere).Distinct().Order(StringComparer.Ordinal));
        Assert.Equal(
            Below(root, "", static command => command.Options.Any(static option => option.Name == "--output")).Except(VerbTable.Elsewhere).Order(StringComparer.Ordinal),
            VerbTable.Local.Concat(VerbTable.OnCluster).Where(static verb => verb.HasJson).Select(static verb => verb.Command).Distinct().Order(StringComparer.Ordinal));
    }

    private static IEnumerable<string> Below(Command command, string path, Func<Command, bool>? isWanted = null)
        => command.Subcommands.SelectMany(below => Below(below, $"{path}{below.Name} ", isWanted)).Concat(command.Action is not null && path.Length > 0 && isWanted?.Invoke(command) != false ? [path.TrimEnd()] : []);
}
