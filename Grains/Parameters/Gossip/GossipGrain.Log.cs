using Microsoft.Extensions.Logging;

namespace DistGan.Grains.Parameters.Gossip;

internal sealed partial class GossipGrain
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "Mailbox {Key}: an offer with numbers that are not finite was refused ({Refused} so far)")]
    private static partial void LogRefused(ILogger logger, string key, long refused);
}
