using System.CommandLine;
using DistGan.Client.CommandLine;
using DistGan.Client.Studies;
using DistGan.Client.Studies.Running;

namespace DistGan.Client.Commands;

/// <summary><c>study resume</c>: goes on with the runs that are not finished.</summary>
internal static class StudyResumeCommand
{
    public static Command Create(CommandConsole console)
    {
        var study = StudyOptions.Study();
        var retry = new Option<bool>("--retry-failed") { Description = "Train failed runs once more, too." };
        var command = new Command("resume", "Goes on with a study that was stopped; finished runs are not repeated, a run that was stopped goes on from its snapshot.")
        {
            study, retry, StudyOptions.Studies, CommonOptions.Quiet, CommonOptions.NoColor, CommonOptions.Output,
        };
        command.SetAction((parsed, _) => StudyStart.ResumeAsync(
            console.With(parsed),
            StudyFolder.Existing(parsed.GetValue(StudyOptions.Studies)!, parsed.GetRequiredValue(study), Environment.CurrentDirectory),
            parsed.GetValue(retry),
            parsed.GetValue(CommonOptions.Quiet),
            parsed.GetValue(CommonOptions.Output)));
        return command;
    }
}
