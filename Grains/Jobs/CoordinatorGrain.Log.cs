using DistGan.Grains.Interfaces;
using Microsoft.Extensions.Logging;

namespace DistGan.Grains.Jobs;

internal sealed partial class CoordinatorGrain
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Job {Job} is looked after here")]
    private static partial void LogActive(ILogger logger, JobId job);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Epoch {Epoch} of replica {Replica} asked to {What}, and does not own it any more: refused")]
    private static partial void LogRefusedOwner(ILogger logger, ReplicaId replica, long epoch, string what);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The submission of job {Job} was refused")]
    private static partial void LogRefused(ILogger logger, JobId job, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "What there is of job {Job}, whose submission was refused, could not be removed; it is shown as failed and can be deleted")]
    private static partial void LogNotRemoved(ILogger logger, JobId job, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Replica {Replica} could not be started on {Worker}")]
    private static partial void LogNotStarted(ILogger logger, ReplicaId replica, string worker, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Replica {Replica} could not be asked to stop")]
    private static partial void LogNotInterrupted(ILogger logger, ReplicaId replica, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Replica {Replica} could not be asked to end at once; the answer to its next report says the same")]
    private static partial void LogNotHalted(ILogger logger, ReplicaId replica, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The end of job {Job} is not stored yet; it comes with the next look after its replicas")]
    private static partial void LogEndDelayed(ILogger logger, JobId job, Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "The end of job {Job} could not be stored")]
    private static partial void LogEndNotStored(ILogger logger, JobId job, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The slots of job {Job} could not be given back")]
    private static partial void LogNotWithdrawn(ILogger logger, JobId job, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The directory has not heard which workers cannot train job {Job}; it does at the next look")]
    private static partial void LogNotAvoided(ILogger logger, JobId job, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The discriminators of job {Job} could not be told that the generator has ended")]
    private static partial void LogMeetingNotEnded(ILogger logger, JobId job, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The slot of replica {Replica} could not be released")]
    private static partial void LogNotReleased(ILogger logger, ReplicaId replica, Exception exception);
}
