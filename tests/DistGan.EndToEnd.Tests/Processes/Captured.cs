using System.Text;

namespace DistGan.EndToEnd.Tests.Processes;

/// <summary>Everything that a stream has delivered so far, and a way to wait for a part of it.</summary>
internal sealed class Captured
{
    private readonly Lock _lock = new();
    private readonly StringBuilder _text = new();
    private readonly List<(string Text, TaskCompletionSource<bool> Seen)> _waiting = [];
    private bool _ended;

    public Captured(StreamReader reader) => Ended = Task.Run(() => ReadAsync(reader));

    /// <summary>Completes with the end of the stream.</summary>
    public Task Ended { get; }

    public string Text
    {
        get
        {
            lock (_lock)
            {
                return _text.ToString();
            }
        }
    }

    /// <summary>Completes with true when the text has been delivered; never, when the stream ends without it.</summary>
    public Task<bool> Contains(string text)
    {
        lock (_lock)
        {
            if (_text.ToString().Contains(text, StringComparison.Ordinal))
            {
                return Task.FromResult(true);
            }

            var seen = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
            if (!_ended)
            {
                _waiting.Add((text, seen));
            }

            return seen.Task;
        }
    }

    private async Task ReadAsync(StreamReader reader)
    {
        var buffer = new char[4096];
        for (var count = await reader.ReadAsync(buffer); count > 0; count = await reader.ReadAsync(buffer))
        {
            Add(buffer.AsSpan(0, count));
        }

        lock (_lock)
        {
            _ended = true;
        }
    }

    private void Add(ReadOnlySpan<char> part)
    {
        lock (_lock)
        {
            _text.Append(part);
            var all = _text.ToString();
            foreach (var (text, seen) in _waiting)
            {
                if (all.Contains(text, StringComparison.Ordinal))
                {
                    seen.TrySetResult(true);
                }
            }
        }
    }
}
