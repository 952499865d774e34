using Microsoft.Extensions.Logging;

namespace DistGan.Grains.Parameters;

internal sealed partial class MergeGrain
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "Merge {Key}: a contribution of replica {Replica} with numbers that are not finite was refused ({Refused} so far)")]
    private static partial void LogRefused(ILogger logger, string key, int replica, long refused);
}
