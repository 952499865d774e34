using System.Globalization;
using System.Text.Json;
using DistGan.Client.CommandLine;
using DistGan.Recipes;
using Microsoft.Extensions.Configuration;

namespace DistGan.Client.Clusters;

/// <summary>
/// Clusters by name: <c>clusters.NAME</c> of the user's config.json has the same sections as the configuration of a silo.
/// <c>localhost</c> and <c>localhost:PORT</c> need no profile.
/// </summary>
public sealed class ClusterProfiles
{
    /// <summary>Names the cluster where --cluster does not.</summary>
    public const string ClusterVariable = "DISTGAN_CLUSTER";

    /// <summary>Names another file of profiles.</summary>
    public const string FileVariable = "DISTGAN_CONFIG";

    /// <summary>A silo of this machine with the usual port.</summary>
    public const string Local = "localhost";

    private const int StandardGateway = 30000;

    private readonly string _file;
    private readonly IConfiguration _environment;

    /// <param name="file">The file; it need not exist.</param>
    /// <param name="environment">The configuration that environment variables make.</param>
    public ClusterProfiles(string file, IConfiguration environment)
    {
        _file = file;
        _environment = environment;
    }

    /// <summary>Those of this user and this process.</summary>
    public static ClusterProfiles OfUser()
    {
        var folder = Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        var file = Environment.GetEnvironmentVariable(FileVariable) is { Length: > 0 } named ? Path.GetFullPath(named) : Path.Combine(folder, "distgan", "config.json");
        return new(file, new ConfigurationBuilder().AddEnvironmentVariables().Build());
    }

    /// <summary>The file.</summary>
    public ConfigFile File => new(_file);

    /// <summary>The cluster that is meant where none is named: what environment variables say, else what 'cluster use' has chosen; null where there is neither.</summary>
    /// <exception cref="CommandException">The one that was chosen is not there any more.</exception>
    public ClusterAddress? Chosen => _environment.GetSection("Orleans").Exists() ? Find(null) : File.DefaultName is { } name ? Find(name) : null;

    /// <summary>The cluster of a name; without one, what environment variables say, and this machine where they say nothing.</summary>
    /// <exception cref="CommandException">There is no such profile, or the file cannot be read.</exception>
    public ClusterAddress Find(string? name)
    {
        if (name is null)
        {
            return new(null, _environment);
        }

        var profiles = Read();
        if (profiles.GetSection(name) is { } profile && profile.Exists())
        {
            var secrets = _environment.GetSection("ConnectionStrings").AsEnumerable();
            return new(name, new ConfigurationBuilder().AddInMemoryCollection(secrets).AddConfiguration(profile).Build());
        }

        return GatewayOf(name) is { } port
            ? new(name, new ConfigurationBuilder().AddInMemoryCollection([new("Orleans:Clustering:ProviderType", "Localhost"), new("Orleans:Endpoints:GatewayPort", $"{port}")]).Build())
            : throw new CommandException(ExitCodes.Usage, Unknown(name, [.. profiles.GetChildren().Select(static child => child.Key), Local]));
    }

    private static int? GatewayOf(string name)
        => name == Local ? StandardGateway
            : name.StartsWith($"{Local}:", StringComparison.Ordinal) && ushort.TryParse(name.AsSpan(Local.Length + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port > 0 ? port
            : null;

    private string Unknown(string name, IReadOnlyList<string> known)
    {
        var nearest = NearestName.Of(name, known);
        return $"There is no cluster '{name}' in {_file}{(nearest is null ? "." : $"; did you mean '{nearest}'?")} Known are {string.Join(", ", known)} and {Local}:PORT with the gateway port of a silo on this machine.";
    }

    private IConfigurationSection Read()
    {
        try
        {
            return new ConfigurationBuilder().AddJsonFile(_file, optional: true).Build().GetSection("clusters");
        }
        catch (Exception exception) when (exception is InvalidDataException or FormatException or JsonException or IOException or UnauthorizedAccessException)
        {
            throw new CommandException(ExitCodes.Usage, $"The file {_file} cannot be read: {(exception.InnerException ?? exception).Message}", exception);
        }
    }
}
