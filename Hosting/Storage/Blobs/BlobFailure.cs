using Azure;
using Azure.Storage.Blobs.Models;
using DistGan.Grains.Interfaces.Storage;

namespace DistGan.Hosting.Storage.Blobs;

/// <summary>Tells what an answer of Azure Blob Storage means, and says it in one sentence.</summary>
internal static class BlobFailure
{
    /// <summary>The condition of a request does not hold: 412 for tags, 409 where something exists that must not.</summary>
    public static bool IsRefusedCondition(RequestFailedException failure)
        => failure.Status is 412 || failure.ErrorCode == BlobErrorCode.BlobAlreadyExists || failure.ErrorCode == BlobErrorCode.ConditionNotMet;

    /// <summary>There is no such blob. An answer to HEAD has no body, so that its code may be missing.</summary>
    public static bool IsMissingBlob(RequestFailedException failure)
        => failure.Status is 404 && failure.ErrorCode != BlobErrorCode.ContainerNotFound;

    public static bool IsMissingContainer(RequestFailedException failure) => failure.ErrorCode == BlobErrorCode.ContainerNotFound;

    /// <summary>Blocks that were staged are gone: another writer has committed the blob meanwhile.</summary>
    public static bool IsLostBlock(RequestFailedException failure)
        => failure.ErrorCode == BlobErrorCode.InvalidBlockList || failure.ErrorCode == BlobErrorCode.InvalidBlobOrBlock;

    /// <summary>Whether the client library or the transport threw, and not the program itself. A request that takes too long is cancelled by the library.</summary>
    public static bool IsOfStorage(Exception exception)
        => exception is RequestFailedException or HttpRequestException or IOException or OperationCanceledException
            || (exception is AggregateException many && many.InnerExceptions.All(IsOfStorage));

    /// <summary>One sentence: what was tried, where, why it failed, what to do.</summary>
    public static ObjectStoreException Describe(string what, string name, Uri container, Exception exception)
    {
        var where = container.GetLeftPart(UriPartial.Path);
        return new ObjectStoreException($"Cannot {what} '{name}' in the Azure container {where}: {Reason(exception)}", exception);
    }

    private static string Reason(Exception exception) => exception switch
    {
        AggregateException many => Reason(many.InnerExceptions[^1]),
        RequestFailedException { Status: 0 } failure => Unreachable(failure),
        RequestFailedException { Status: 401 or 403 } failure =>
            $"the account refuses the key ({failure.Status} {failure.ErrorCode}). Check AccountKey of the connection string, or that its SAS is not expired and allows reading, writing, listing and deleting.",
        RequestFailedException { Status: 404 } failure when failure.ErrorCode == BlobErrorCode.ContainerNotFound =>
            "the container does not exist. Create it, or give a key that may.",
        RequestFailedException failure when failure.ErrorCode == BlobErrorCode.ContainerBeingDeleted =>
            "the container is being deleted, which takes up to a minute. Try again later, or use another container.",
        RequestFailedException { Status: 412 } => "it was changed while it was read. Read it again.",
        RequestFailedException { Status: >= 500 } failure =>
            $"the service is busy or failing ({failure.Status} {failure.ErrorCode}), also after several tries. Try again later.",
        RequestFailedException failure => $"{FirstLine(failure.Message)} ({failure.Status} {failure.ErrorCode}).",
        _ => Unreachable(exception),
    };

    private static string Unreachable(Exception exception)
        => $"the account cannot be reached, also after several tries: {FirstLine(Innermost(exception).Message)} Check the address and the network.";

    private static Exception Innermost(Exception exception) => exception.InnerException is { } inner ? Innermost(inner) : exception;

    private static string FirstLine(string message)
    {
        var line = message.AsSpan().Trim();
        var end = line.IndexOfAny('\r', '\n');
        var text = (end < 0 ? line : line[..end]).TrimEnd().ToString();
        return text.EndsWith('.') ? text : text + ".";
    }
}
