using System.CommandLine;
using DistGan.Client.CommandLine;
using DistGan.Client.Studies.Results;
using DistGan.Client.Studies.Running;

namespace DistGan.Client.Commands;

/// <summary><c>study show</c>: the results that there are.</summary>
internal static class StudyShowCommand
{
    public static Command Create(CommandConsole console)
    {
        var study = StudyOptions.Study();
        var reach = new Option<string[]>("--reach") { Description = "Adds when each configuration first had that score: fid=100 is 100 or less, modes=8 is 8 or more; repeatable.", HelpName = "SCORE=VALUE" };
        var command = new Command("show", "Shows the results of a study, as far as they are there.") { study, reach, StudyOptions.Studies, CommonOptions.Output };
        command.SetAction(parsed =>
        {
            var folder = StudyFolder.Existing(parsed.GetValue(StudyOptions.Studies)!, parsed.GetRequiredValue(study), Environment.CurrentDirectory);
            var goals = (parsed.GetValue(reach) ?? []).Select(Goal.Parse).ToList();
            var results = StudyResults.Read(folder, folder.ReadPlan());
            ResultText.Write(console, folder, results, parsed.GetValue(CommonOptions.Output), [.. goals.Select(goal => Arrivals.Read(folder, results, goal))]);
            return ExitCodes.Done;
        });
        return command;
    }
}
