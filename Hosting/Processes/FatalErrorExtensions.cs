using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace DistGan.Hosting.Processes;

/// <summary>How a process ends when its silo cannot go on.</summary>
public static class FatalErrorExtensions
{
    /// <summary>
    /// With a sentence and exit code 1, in place of the stack traces and the core dump of Orleans. The process is to be this host and nothing else.
    /// </summary>
    public static ISiloBuilder EndOnFatalErrors(this ISiloBuilder silo, HostUse host)
    {
        silo.Services.Replace(ServiceDescriptor.Singleton<IFatalErrorHandler>(services => new FatalErrorHandler(
            host, services.GetRequiredService<ILoggerFactory>(), services.GetServices<ILoggerProvider>(), HardExit.Now)));
        return silo;
    }
}
