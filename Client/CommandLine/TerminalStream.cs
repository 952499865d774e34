namespace DistGan.Client.CommandLine;

/// <summary>Writes to a terminal that may be closed meanwhile: what it can no longer show is dropped, so that a job still ends with its snapshot.</summary>
internal sealed class TerminalStream(Stream terminal) : Stream
{
    private volatile bool _gone;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (_gone)
        {
            return;
        }

        try
        {
            terminal.Write(buffer);
        }
        catch (IOException)
        {
            _gone = true;
        }
    }

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
