using DistGan.Grains.Interfaces;
using Microsoft.Extensions.Logging;

namespace DistGan.Worker.Slots;

internal sealed partial class SlotHost
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Replica {Replica} (epoch {Epoch}) trains on slot {Slot}")]
    private static partial void LogStarted(ILogger logger, ReplicaId replica, long epoch, int slot);

    [LoggerMessage(Level = LogLevel.Information, Message = "The thread of replica {Replica} (epoch {Epoch}) has ended")]
    private static partial void LogEnded(ILogger logger, ReplicaId replica, long epoch);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Replica {Replica} has a newer owner than epoch {Epoch}: what was not committed under it is dropped")]
    private static partial void LogSuperseded(ILogger logger, ReplicaId replica, long epoch);

    [LoggerMessage(Level = LogLevel.Information, Message = "Replica {Replica} (epoch {Epoch}) was ended at once: what was not committed is dropped")]
    private static partial void LogHalted(ILogger logger, ReplicaId replica, long epoch);

    [LoggerMessage(Level = LogLevel.Error, Message = "An exception escaped the thread of replica {Replica}")]
    private static partial void LogEscaped(ILogger logger, Exception exception, ReplicaId replica);
}
