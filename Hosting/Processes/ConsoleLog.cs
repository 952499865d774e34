using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace DistGan.Hosting.Processes;

/// <summary>A log on standard error, one line an entry, that needs no terminal.</summary>
internal static class ConsoleLog
{
    public static void Use(ILoggingBuilder logging)
    {
        logging.ClearProviders();
        logging.AddSimpleConsole(static options =>
        {
            options.SingleLine = true;
            options.UseUtcTimestamp = true;
            options.TimestampFormat = "yyyy-MM-ddTHH:mm:ssZ ";
            options.ColorBehavior = LoggerColorBehavior.Disabled;
        });
        logging.AddConsole(static options => options.LogToStandardErrorThreshold = LogLevel.Trace);
    }
}
