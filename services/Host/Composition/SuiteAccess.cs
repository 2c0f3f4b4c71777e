using System.Net;
using EarlyWarning.Access.Keys;
using EarlyWarning.Host.Options;

namespace EarlyWarning.Host.Composition;

/// <summary>Who may reach the suite.</summary>
internal static class SuiteAccess
{
    /// <summary>
    /// The keys of the data folder. Without a file of them, and without certificates of callers, the suite is open, which it may be on loopback alone.
    /// </summary>
    /// <exception cref="StartException">It would listen beyond loopback and let everybody in.</exception>
    public static ApiKeys Decide(SuiteOptions options, DataFolder folder)
    {
        var file = Path.Combine(folder.Path, DataFolder.KeysFile);
        ApiKeys keys;
        try
        {
            keys = new(new(file, TimeProvider.System));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StartException(
                $"{file} cannot be read: {exception.Message} It belongs to the account that the suite runs as.", exception);
        }

        return keys.IsOpen && options.Tls?.ClientCa is null && Beyond(options) is { } open
            ? throw new StartException(
                $"{open} is beyond loopback, and no API key exists: everybody could call. Make one with 'keys add NAME --role ROLE --data {options.Folder}', "
                    + "ask callers for certificates with --tls-client-ca, or listen on 127.0.0.1.")
            : keys;
    }

    /// <summary>An address on which others than this machine reach the suite; <see langword="null"/> where there is none.</summary>
    public static IPEndPoint? Beyond(SuiteOptions options)
        => new[] { options.Http, options.Grpc }.FirstOrDefault(endpoint => !IPAddress.IsLoopback(endpoint.Address));
}
