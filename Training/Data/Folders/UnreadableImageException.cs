namespace DistGan.Training.Data.Folders;

/// <summary>A file is no whole image; the message says why, without the name of the file.</summary>
internal sealed class UnreadableImageException : Exception
{
    public UnreadableImageException(string message)
        : base(message)
    {
    }

    public UnreadableImageException(string message, Exception inner)
        : base(message, inner)
    {
    }

    public UnreadableImageException()
    {
    }
}
