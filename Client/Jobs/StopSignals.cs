using System.Runtime.InteropServices;

namespace DistGan.Client.Jobs;

/// <summary>
/// Ctrl-C, SIGTERM and a closed terminal while a job runs: the first asks for a clean end, the second ends the process.
/// Disposing gives the signals back to the runtime.
/// </summary>
public sealed class StopSignals : IDisposable
{
    private readonly Action _first;
    private readonly Action _second;
    private readonly PosixSignalRegistration[] _registrations;
    private int _count;

    public StopSignals(Action first, Action second)
    {
        _first = first;
        _second = second;
        PosixSignal[] signals = [PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP];
        _registrations = [.. signals.Select(signal => PosixSignalRegistration.Create(signal, OnSignal))];
    }

    public void Dispose()
    {
        foreach (var registration in _registrations)
        {
            registration.Dispose();
        }
    }

    private void OnSignal(PosixSignalContext context)
    {
        context.Cancel = true;
        if (Interlocked.Increment(ref _count) == 1)
        {
            _first();
        }
        else
        {
            _second();
        }
    }
}
