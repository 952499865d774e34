using Microsoft.Extensions.Logging;

namespace DistGan.Grains.Jobs;

internal sealed partial class EventLog
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "Events of {Name} cannot be stored yet and wait")]
    private static partial void LogRetry(ILogger logger, string name, Exception exception);
}
