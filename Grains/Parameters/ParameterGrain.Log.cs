using Microsoft.Extensions.Logging;

namespace DistGan.Grains.Parameters;

internal sealed partial class ParameterGrain
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "Parameters {Key}: a contribution with numbers that are not finite was refused ({Refused} so far)")]
    private static partial void LogRefused(ILogger logger, string key, long refused);
}
