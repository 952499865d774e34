using System.CommandLine;
using DistGan.Client.CommandLine;
using DistGan.Hosting.Processes;
using DistGan.Worker;

namespace DistGan.Client.Commands;

/// <summary><c>worker</c>: the same host as the executable DistGan.Worker, in the foreground.</summary>
public static class WorkerCommand
{
    public static CommandEntry Create()
    {
        var settings = HostSettings.Argument();
        var command = new Command("worker", "Runs a worker of a cluster until it is told to stop; its replicas then go on elsewhere.") { settings };
        command.SetAction((parsed, _) => WorkerProcess.RunAsync(parsed.GetValue(settings) ?? []));
        return new(command,
        [
            new("distgan worker DistGan:ObjectStore:Path=/tmp/distgan", "joins the silo of this machine with one slot"),
            new("distgan worker DistGan:ObjectStore:Path=/tmp/distgan DistGan:Worker:Slots=2", "two slots, which share the cores"),
        ])
        {
            Keys = HostSettings.KeysOf(HostUse.Worker),
        };
    }
}
