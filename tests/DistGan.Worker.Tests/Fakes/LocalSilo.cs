using System.Net;
using DistGan.Training.Data.Sources;
using DistGan.Worker.Data;
using Orleans.Runtime;

namespace DistGan.Worker.Tests.Fakes;

/// <summary>A silo that is only an address.</summary>
internal sealed class LocalSilo : ILocalSiloDetails
{
    public string Name => "silo";

    public string ClusterId => "cluster";

    public string DnsHostName => "localhost";

    public SiloAddress SiloAddress { get; } = SiloAddress.New(IPAddress.Loopback, 11111, 1);

    public SiloAddress GatewayAddress => SiloAddress;

    /// <summary>Copies of data sets for those that need none.</summary>
    public static StoredDataCache NoData { get; } = new(new DataPlaces { Cache = "/nowhere" }, TimeProvider.System);
}
