using System.CommandLine;
using System.CommandLine.Help;
using DistGan.Client.Commands;
using DistGan.Client.Completion;

namespace DistGan.Client.CommandLine;

/// <summary>All commands of the console.</summary>
public static class CommandTree
{
    public static RootCommand Build(CommandConsole console)
    {
        var root = new RootCommand("Trains generative adversarial networks, in this process or on a cluster.");
        var entries = Entries(console);
        var all = entries.ToDictionary(static entry => entry.Command);
        all[root] = new(root,
        [
            new("distgan train", "learns to draw clothes, in a few minutes on two cores"),
            new("distgan doctor", "says what works on this machine"),
            new("distgan train --help", "everything that 'train' takes, with examples"),
        ]);
        foreach (var entry in entries)
        {
            root.Subcommands.Add(entry.Command);
        }

        UseExamples(root, all);
        return root;
    }

    private static CommandEntry[] Entries(CommandConsole console) =>
    [
        TrainCommand.Create(console),
        SubmitCommand.Create(console),
        WatchCommand.Create(console),
        LogsCommand.Create(console),
        ArtifactsCommand.Create(console),
        WaitCommand.Create(console),
        JobActionCommand.CreatePause(console),
        JobActionCommand.CreateSnapshot(console),
        StopCommand.Create(console),
        ResumeCommand.Create(console),
        ScaleCommand.Create(console),
        SamplesCommand.Create(console),
        ExportCommand.Create(console),
        EvaluateCommand.Create(console),
        ReportCommand.Create(console),
        CompareCommand.Create(console),
        StudyCommand.Create(console),
        ListCommand.Create(console),
        DescribeCommand.Create(console),
        DeleteCommand.Create(console),
        PruneCommand.Create(console),
        GenerateCommand.Create(console),
        InterpolateCommand.Create(console),
        FilmCommand.Create(console),
        PresetsCommand.Create(console),
        ValidateCommand.Create(console),
        DataCommand.Create(console),
        ExplainCommand.Create(console),
        ClusterCommand.Create(console),
        CompletionCommand.Create(console),
        CompletionCommand.CreateHidden(console),
        DoctorCommand.Create(console),
        SiloCommand.Create(),
        WorkerCommand.Create(),
    ];

    private static void UseExamples(RootCommand root, IReadOnlyDictionary<Command, CommandEntry> entries)
    {
        foreach (var option in root.Options.OfType<HelpOption>())
        {
            option.Action = new HelpWithExamples((HelpAction)option.Action!, entries);
        }
    }
}
