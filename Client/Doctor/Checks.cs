using DistGan.Client.CommandLine;

namespace DistGan.Client.Doctor;

/// <summary>Every check of <c>doctor</c>, in the order in which they are made.</summary>
public static class Checks
{
    public static IReadOnlyList<(string Name, Func<TimeProvider, CheckResult> Make)> All { get; } =
    [
        ("libtorch", static _ => TorchChecks.Library()),
        ("devices", static _ => TorchChecks.IfLoaded("devices", TorchChecks.Devices)),
        ("processor", static _ => MachineChecks.Processor()),
        ("threads", static _ => TorchChecks.IfLoaded("threads", TorchChecks.Threads)),
        ("matrix product", static time => TorchChecks.IfLoaded("matrix product", () => TorchChecks.Speed(time))),
        ("memory", static _ => MachineChecks.Memory()),
        ("disk", static _ => MachineChecks.Disk(Environment.CurrentDirectory)),
        ("object store", static _ => MachineChecks.Store(Environment.CurrentDirectory)),
        ("loopback", static _ => MachineChecks.Loopback()),
    ];

    /// <summary>Makes one check; an unexpected failure is its finding.</summary>
    public static CheckResult Make((string Name, Func<TimeProvider, CheckResult> Make) check, TimeProvider time)
    {
        try
        {
            return check.Make(time);
        }
        catch (Exception exception)
        {
            return new(check.Name, CheckStatus.Fail, exception.Message, CrashReport.Write(exception, time));
        }
    }
}
