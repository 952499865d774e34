using System.CommandLine;
using System.Text.Json.Nodes;
using DistGan.Client.Clusters;
using DistGan.Client.CommandLine;
using DistGan.Client.Display;
using DistGan.Client.Jobs;

namespace DistGan.Client.Commands;

/// <summary><c>cluster add|use|list|remove</c>: the clusters of the user's config file.</summary>
public static class ClusterCommand
{
    private const string Schema = "distgan.clusters/1";

    private static readonly Argument<string> Name = new("NAME") { Description = "What you call the cluster." };

    public static CommandEntry Create(CommandConsole console)
    {
        var command = new Command("cluster", "The clusters of your config file: adds, removes and lists them, and says which one is meant where none is named.")
        {
            Add(console), Use(console), List(console), Remove(console),
        };
        return new(command,
        [
            new("distgan cluster add lab Orleans:Clustering:ProviderType=Redis Orleans:Clustering:ConnectionString=redis.lab:6379", "the same keys as a host of that cluster has"),
            new("distgan cluster use lab", "from now on, where --cluster and DISTGAN_CLUSTER name none"),
            new("distgan cluster list", "those that there are, and which one is meant"),
            new("distgan cluster remove lab", "forgets it; its jobs go on"),
        ]);
    }

    private static Command Add(CommandConsole console)
    {
        var settings = new Argument<string[]>("KEY=VALUE") { Description = "Keys of the configuration of a host, such as Orleans:Clustering:ProviderType=Redis.", Arity = ArgumentArity.OneOrMore };
        settings.Validators.Add(static result =>
        {
            foreach (var token in result.Tokens.Where(static token => token.Value.IndexOf('=', StringComparison.Ordinal) < 1))
            {
                result.AddError($"'{token.Value}': expected KEY=VALUE, such as Orleans:Clustering:ProviderType=Redis.");
            }
        });
        var command = new Command("add", "Adds a cluster, or replaces the one of that name.") { Name, settings };
        command.SetAction(parsed =>
        {
            var (file, name) = (ClusterProfiles.OfUser().File, parsed.GetRequiredValue(Name));
            file.Add(name, parsed.GetRequiredValue(settings).Select(static text => (text[..text.IndexOf('=', StringComparison.Ordinal)], text[(text.IndexOf('=', StringComparison.Ordinal) + 1)..])));
            console.Out.WriteLine($"added {name} to {file.Path}");
            return ExitCodes.Done;
        });
        return command;
    }

    private static Command Use(CommandConsole console)
    {
        var command = new Command("use", $"Makes a cluster the one that is meant where none is named; {ClusterProfiles.ClusterVariable} wins over it.") { Name };
        command.SetAction(parsed =>
        {
            var (profiles, name) = (ClusterProfiles.OfUser(), parsed.GetRequiredValue(Name));
            _ = profiles.Find(name);
            profiles.File.Use(name);
            console.Out.WriteLine($"{name} is meant where no cluster is named");
            console.Out.WriteLine($"its jobs: {CommandForm.Of("list", ClusterArguments.Cluster.Name, name)} (without a cluster, 'list' is about the folders of this machine)");
            return ExitCodes.Done;
        });
        return command;
    }

    private static Command List(CommandConsole console)
    {
        var command = new Command("list", "Lists the clusters.") { CommonOptions.Output };
        command.SetAction(parsed =>
        {
            var file = ClusterProfiles.OfUser().File;
            var (names, chosen) = (file.Names(), file.DefaultName);
            if (parsed.GetValue(CommonOptions.Output) == OutputFormat.Json)
            {
                JsonOutput.Write(console.Out, new JsonObject { ["schema"] = Schema, ["file"] = file.Path, ["default"] = chosen, ["clusters"] = new JsonArray([.. names.Select(static name => (JsonNode)name)]) });
                return ExitCodes.Done;
            }

            if (names.Count == 0)
            {
                console.Out.WriteLine($"no clusters in {file.Path}, and none is the default; 'cluster add NAME KEY=VALUE…' adds one. --cluster localhost is that of this machine.");
                return ExitCodes.Done;
            }

            var table = new TextTable("cluster", "default");
            foreach (var name in names)
            {
                table.Add(name, name == chosen ? "yes" : "");
            }

            table.Write(console.Out);
            return ExitCodes.Done;
        });
        return command;
    }

    private static Command Remove(CommandConsole console)
    {
        var command = new Command("remove", "Forgets a cluster; nothing happens to the cluster itself.") { Name };
        command.SetAction(parsed =>
        {
            var (file, name) = (ClusterProfiles.OfUser().File, parsed.GetRequiredValue(Name));
            if (!file.Remove(name))
            {
                throw new CommandException(ExitCodes.NotFound, $"There is no cluster '{name}' in {file.Path}; 'cluster list' shows those that there are.");
            }

            console.Out.WriteLine($"removed {name} from {file.Path}");
            return ExitCodes.Done;
        });
        return command;
    }
}
