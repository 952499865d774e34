using System.CommandLine;
using DistGan.Client.CommandLine;

namespace DistGan.Client.Commands;

/// <summary><c>data list|get|info|preview</c>: the data sets, where they are and what is in them.</summary>
public static class DataCommand
{
    public static CommandEntry Create(CommandConsole console)
    {
        var command = new Command("data", "Lists, fetches and shows data sets.");
        command.Subcommands.Add(DataListCommand.Create(console));
        command.Subcommands.Add(DataGetCommand.Create(console));
        command.Subcommands.Add(DataInfoCommand.Create(console));
        command.Subcommands.Add(DataPreviewCommand.Create(console));
        return new(command,
        [
            new("distgan data list", "every named set: samples, licence, and where it is on this machine"),
            new("distgan data get mnist", "fetches it once; afterwards: train --set data.name=mnist"),
            new("distgan data info fashion-10k", "counts, classes, mean and deviation, fingerprint"),
            new("distgan data preview --set data.folder=photos --set data.size=64 --out photos.png", "what the networks will see of your own images"),
        ]);
    }
}
