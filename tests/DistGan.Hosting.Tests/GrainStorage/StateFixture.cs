namespace DistGan.Hosting.Tests.GrainStorage;

/// <summary>One host for all tests of a class; each test has grains of its own.</summary>
public abstract class StateFixture : IAsyncLifetime
{
    private StateHost? _host;

    internal StateHost Host => _host!;

    /// <summary>The configuration of a host that keeps state in the same place.</summary>
    internal abstract IReadOnlyDictionary<string, string?> Configuration { get; }

    public async ValueTask InitializeAsync() => _host = await StateHost.StartAsync(Configuration);

    public async ValueTask DisposeAsync()
    {
        if (_host is not null)
        {
            await _host.DisposeAsync();
        }

        CleanUp();
        GC.SuppressFinalize(this);
    }

    /// <summary>Removes what the state lay in, after the host has stopped.</summary>
    private protected virtual void CleanUp()
    {
    }
}
