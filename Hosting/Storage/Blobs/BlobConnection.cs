using Azure.Core;
using Azure.Storage.Blobs;
using DistGan.Recipes;

namespace DistGan.Hosting.Storage.Blobs;

/// <summary>Makes a client of an Azure storage account from what a person configures.</summary>
public static class BlobConnection
{
    // A dead server is known after a few seconds, and a short failure is bridged.
    private const int MaxRetries = 4;
    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan OneRequest = TimeSpan.FromSeconds(60);

    /// <summary>A client from a connection string, or from an <c>https</c> address of the account with a SAS.</summary>
    /// <param name="connection">The text; it holds a secret and is never repeated in a message.</param>
    /// <param name="origin">Where the text stands, for messages: a configuration key.</param>
    /// <exception cref="DistGanException">It is neither.</exception>
    public static BlobServiceClient Open(string connection, string origin) => Open(connection, origin, Options());

    internal static BlobServiceClient Open(string connection, string origin, BlobClientOptions options)
    {
        if (Uri.TryCreate(connection, UriKind.Absolute, out var address) && address.Scheme is "http" or "https")
        {
            return string.IsNullOrEmpty(address.Query)
                ? throw new DistGanException(
                    $"{origin} is the address {address.GetLeftPart(UriPartial.Path)} without a key: append a SAS ('?sv=…'), give a connection string, or register a BlobServiceClient with a credential and name it by ServiceKey.")
                : new BlobServiceClient(address, options);
        }

        try
        {
            return new BlobServiceClient(connection, options);
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException or InvalidOperationException)
        {
            throw new DistGanException(
                $"{origin} is neither a connection string of an Azure storage account (AccountName=…;AccountKey=…;EndpointSuffix=…) nor an address with a SAS (https://ACCOUNT.blob.core.windows.net/?sv=…).",
                exception);
        }
    }

    /// <summary>How often and how long a request is tried.</summary>
    internal static BlobClientOptions Options()
    {
        var options = new BlobClientOptions();
        options.Retry.Mode = RetryMode.Exponential;
        options.Retry.MaxRetries = MaxRetries;
        options.Retry.Delay = FirstDelay;
        options.Retry.MaxDelay = LongestDelay;
        options.Retry.NetworkTimeout = OneRequest;
        return options;
    }
}
