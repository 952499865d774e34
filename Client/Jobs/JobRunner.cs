using DistGan.Client.CommandLine;
using DistGan.Client.Display;
using DistGan.Grains.Interfaces.Jobs;

namespace DistGan.Client.Jobs;

/// <summary>Submits a job, shows it until its end, and passes on a wish to stop.</summary>
public sealed class JobRunner(IJobControl control, IJobDisplay display, TimeProvider time)
{
    /// <summary>Runs a job to its end and returns how it stands then.</summary>
    /// <param name="submission">The job.</param>
    /// <param name="interrupt">Completes when the job shall end with a snapshot.</param>
    /// <param name="after">Events up to this sequence number are of earlier starts and are not shown.</param>
    /// <exception cref="CommandException">The job was refused, or the cluster stopped answering.</exception>
    public async Task<JobSummary> RunAsync(JobSubmission submission, Task interrupt, long after = 0)
    {
        var result = await control.SubmitAsync(submission, CancellationToken.None);
        if (!result.Accepted)
        {
            throw new CommandException(ExitCodes.Refused, result.Refusal ?? $"The job '{submission.Job}' was refused.");
        }

        var interrupted = interrupt.ContinueWith(
            _ => InterruptAsync(submission), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        await WatchAsync(submission, new JobCursor(after, 0));
        if (interrupt.IsCompleted)
        {
            await await interrupted;
        }

        return await control.DescribeAsync(submission.Job, CancellationToken.None);
    }

    private async Task InterruptAsync(JobSubmission submission)
    {
        try
        {
            await control.InterruptAsync(submission.Job, CancellationToken.None);
        }
        catch (Exception exception)
        {
            display.Say($"The job could not be asked to stop ({exception.Message}); press Ctrl-C again to end at once.");
        }
    }

    private async Task WatchAsync(JobSubmission submission, JobCursor cursor)
    {
        var silence = new Silence(time);
        while (true)
        {
            try
            {
                var progress = await control.WatchAsync(submission.Job, cursor, CancellationToken.None);
                silence.Answered();
                cursor = progress.Cursor;
                display.Show(progress);
                if (progress.State is JobState.Completed or JobState.Interrupted or JobState.Failed)
                {
                    return;
                }
            }
            catch (TimeoutException exception)
            {
                // A machine that is short of processors answers late; it is gone when it stays silent.
                silence.Unanswered();
                if (silence.IsTooLong)
                {
                    throw new CommandException(ExitCodes.Unreachable, $"The job '{submission.Job}' has not answered for {Silence.Patience.TotalMinutes:0} minutes.", exception);
                }
            }
        }
    }
}
