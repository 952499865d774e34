using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace DistGan.Hosting.Processes;

/// <summary>A log on standard error, one line an entry, that needs no terminal.</summary>
internal static class ConsoleLog
{
    public static void Use(ILoggingBuilder logging)
    {
        logging.ClearProviders();
        logging.AddConsole(static options =>
        {
            options.FormatterName = LineFormatter.FormatterName;
            options.LogToStandardErrorThreshold = LogLevel.Trace;
        });
        logging.AddConsoleFormatter<LineFormatter, ConsoleFormatterOptions>();
    }
}
