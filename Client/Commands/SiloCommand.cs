using System.CommandLine;
using DistGan.Client.CommandLine;
using DistGan.Hosting.Processes;
using DistGan.Silo;

namespace DistGan.Client.Commands;

/// <summary><c>silo</c>: the same host as the executable DistGan.Silo, in the foreground.</summary>
public static class SiloCommand
{
    public static CommandEntry Create()
    {
        var settings = HostSettings.Argument();
        var command = new Command("silo", "Runs a silo, the control plane of a cluster, until it is told to stop.") { settings };
        command.SetAction((parsed, _) => SiloProcess.RunAsync(parsed.GetValue(settings) ?? []));
        return new(command,
        [
            new("distgan silo DistGan:ObjectStore:Path=/tmp/distgan", "a cluster on this machine"),
        ])
        {
            Keys = HostSettings.KeysOf(HostUse.Silo),
        };
    }
}
