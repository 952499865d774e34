using Microsoft.Extensions.DependencyInjection;
using Orleans.Dashboard;

namespace DistGan.Silo.Web;

/// <summary>The services of the dashboard of Orleans, which live in the silo and are used by the web server.</summary>
internal sealed class OrleansDashboard
{
    private readonly IReadOnlyList<Type> _types;

    private OrleansDashboard(IReadOnlyList<Type> types) => _types = types;

    /// <summary>Those that are registered.</summary>
    public static OrleansDashboard Of(IServiceCollection services)
        => new([.. services.Select(static service => service.ServiceType).Where(static type => type.Assembly == typeof(DashboardOptions).Assembly && !type.ContainsGenericParameters).Distinct()]);

    /// <summary>The same services, for another container.</summary>
    public IReadOnlyList<ServiceDescriptor> From(IServiceProvider host) => [.. _types.Select(type => ServiceDescriptor.Singleton(type, _ => host.GetRequiredService(type)))];
}
