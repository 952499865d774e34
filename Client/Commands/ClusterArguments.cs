using System.CommandLine;
using System.CommandLine.Parsing;
using DistGan.Client.Clusters;
using DistGan.Client.CommandLine;

namespace DistGan.Client.Commands;

/// <summary>Arguments that the commands on a cluster share.</summary>
internal static class ClusterArguments
{
    public static Option<string?> Cluster { get; } = new("--cluster")
    {
        Description = $"The cluster: a profile of the user's config file, localhost, or localhost:PORT. {ClusterProfiles.ClusterVariable} names it too, and so does 'cluster use'.",
        HelpName = "NAME",
    };

    public static Argument<string> Job() => new("JOB") { Description = "The name of a job." };

    /// <summary>The cluster that is asked for; without a word, what environment variables configure, then what 'cluster use' has chosen.</summary>
    /// <exception cref="CommandException">There is no such cluster.</exception>
    public static ClusterAddress Address(ParseResult parsed)
    {
        var profiles = ClusterProfiles.OfUser();
        return Named(parsed) is { } name ? profiles.Find(name) : profiles.Chosen ?? profiles.Find(null);
    }

    /// <summary>The cluster that is named, by option or by variable; null where none is: then the command is about this machine's folders.</summary>
    /// <exception cref="CommandException">There is no such cluster.</exception>
    public static ClusterAddress? Asked(ParseResult parsed)
    {
        var isAboutFolders = parsed.GetValue(Cluster) is null && parsed.GetResult(RunOptions.Runs) is { Implicit: false };
        return isAboutFolders || Named(parsed) is not { } name ? null : ClusterProfiles.OfUser().Find(name);
    }

    /// <summary>The cluster of a job; null where the text is the folder of a run: one that exists, unless a cluster is named by option.</summary>
    /// <exception cref="CommandException">There is no such cluster.</exception>
    public static ClusterAddress? AskedFor(ParseResult parsed, string runOrJob)
        => parsed.GetValue(Cluster) is null && Directory.Exists(runOrJob) ? null
            : Asked(parsed) ?? ClusterProfiles.OfUser().Chosen;

    /// <summary>What to add to a command that is about the same cluster; the one of this machine is named, as commands on runs take a name alone for that of a folder.</summary>
    public static IReadOnlyList<string> Again(ParseResult parsed) => parsed.GetValue(Cluster) is { } name ? [Cluster.Name, name]
            : Named(parsed) is not null || ClusterProfiles.OfUser().Chosen is not null ? []
            : [Cluster.Name, ClusterProfiles.Local];

    /// <summary>Folders and a cluster cannot both be meant.</summary>
    public static void RefuseFolders(CommandResult result)
    {
        if (result.GetResult(Cluster) is not null && result.GetResult(RunOptions.Runs) is { Implicit: false })
        {
            result.AddError("--runs is about folders of this machine and --cluster about jobs of a cluster; give one of them.");
        }
    }

    private static string? Named(ParseResult parsed)
        => parsed.GetValue(Cluster) ?? (Environment.GetEnvironmentVariable(ClusterProfiles.ClusterVariable) is { Length: > 0 } named ? named : null);
}
