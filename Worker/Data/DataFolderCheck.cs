using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DistGan.Worker.Data;

/// <summary>Says at the start of a worker that it can keep no uploaded data: jobs on other data it trains all the same.</summary>
internal sealed partial class DataFolderCheck(StoredDataCache data, ILogger<DataFolderCheck> logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (data.WhyUnwritable() is { } fault)
        {
            LogUnwritable(logger, fault);
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Fault}")]
    private static partial void LogUnwritable(ILogger logger, string fault);
}
