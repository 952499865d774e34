using System.CommandLine;
using DistGan.Client.CommandLine;

namespace DistGan.Client.Commands;

/// <summary><c>study seeds|grid|techniques|search|resume|list|show</c>: many jobs compared.</summary>
public static class StudyCommand
{
    public static CommandEntry Create(CommandConsole console)
    {
        var command = new Command("study", "Trains many configurations of a recipe under several seeds, and compares their scores.");
        command.Subcommands.Add(StudyNewCommands.Seeds(console));
        command.Subcommands.Add(StudyNewCommands.Grid(console));
        command.Subcommands.Add(StudyNewCommands.Techniques(console));
        command.Subcommands.Add(StudyNewCommands.Search(console));
        command.Subcommands.Add(StudyResumeCommand.Create(console));
        command.Subcommands.Add(StudyListCommand.Create(console));
        command.Subcommands.Add(StudyShowCommand.Create(console));
        return new(command,
        [
            new("distgan study seeds --preset ring --seeds 1..5", "one recipe under five seeds: mean and deviation of every score"),
            new("distgan study grid --preset ring --vary objective=hinge,wgan-gp --vary batch=64,128 --seeds 1..3", "every combination, each compared with the first"),
            new("distgan study techniques --preset fashion --bare --steps 1000 --seeds 1..3", "the recipe without techniques, and each technique alone"),
            new("distgan study search my.yaml --vary generator.optimizer.rate=1e-5..1e-2log --samples 20 --best-seeds 1..5", "random search, then the best configuration under five seeds"),
            new("distgan study seeds --dry-run --budget 2h", "the runs and what they will take; starts nothing"),
            new("distgan study resume seeds-ring", "goes on with a study that was stopped; what is done is not repeated"),
            new("distgan study list", "the studies of this folder and how far they are"),
            new("distgan study show seeds-ring -o json", "the results so far, for a program"),
            new("distgan study show grid-fashion --reach fid=100", "how many steps and how much time each configuration took to an FID of 100"),
        ]);
    }
}
