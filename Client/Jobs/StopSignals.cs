using System.Runtime.InteropServices;

namespace DistGan.Client.Jobs;

/// <summary>
/// Ctrl-C, SIGTERM and a closed terminal while a job runs: the first asks for a clean end, the second ends the process.
/// Disposing gives the signals back to the runtime.
/// </summary>
public sealed class StopSignals : IDisposable
{
    /// <summary>Supervisors such as timeout(1) send one signal to the process and again to its group: that is one wish, not two.</summary>
    private static readonly TimeSpan Echo = TimeSpan.FromMilliseconds(500);

    private readonly Lock _lock = new();
    private readonly Action _first;
    private readonly Action _second;
    private readonly TimeProvider _time;
    private readonly PosixSignalRegistration[] _registrations;
    private (PosixSignal Signal, long At)? _heard;

    public StopSignals(Action first, Action second, TimeProvider time)
    {
        _first = first;
        _second = second;
        _time = time;
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
        lock (_lock)
        {
            if (_heard is not { } heard)
            {
                _heard = (context.Signal, _time.GetTimestamp());
                _first();
            }
            else if (context.Signal != heard.Signal || _time.GetElapsedTime(heard.At) > Echo)
            {
                _second();
            }
        }
    }
}
