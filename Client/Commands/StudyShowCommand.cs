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
        var command = new Command("show", "Shows the results of a study, as far as they are there.") { study, StudyOptions.Studies, CommonOptions.Output };
        command.SetAction(parsed =>
        {
            var folder = StudyFolder.Existing(parsed.GetValue(StudyOptions.Studies)!, parsed.GetRequiredValue(study), Environment.CurrentDirectory);
            ResultText.Write(console, folder, StudyResults.Read(folder, folder.ReadPlan()), parsed.GetValue(CommonOptions.Output));
            return ExitCodes.Done;
        });
        return command;
    }
}
