using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace EarlyWarning.Access.Issuers;

/// <summary>
/// What an issuer publishes of itself, its keys above all. They are read at the start, every ten minutes, and when a token has a key that
/// is not among them: never more often than every ten seconds, whatever callers show. While the issuer is away the last that was read goes
/// on. Thread-safe.
/// </summary>
/// <param name="issuer">The issuer's URL.</param>
/// <param name="documents">Reads documents from it.</param>
/// <param name="time">The clock.</param>
internal sealed class IssuerKeys(string issuer, IDocumentRetriever documents, TimeProvider time)
    : IConfigurationManager<OpenIdConnectConfiguration>
{
    private static readonly TimeSpan s_fresh = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan s_between = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);
    private readonly Lock _gate = new();
    private volatile OpenIdConnectConfiguration? _read;
    private volatile string _problem = "";
    private Task _reading = Task.CompletedTask;
    private long? _began;
    private long _readAt;

    /// <summary>Gets what was read last; <see langword="null"/> before the first time.</summary>
    public OpenIdConnectConfiguration? Last => _read;

    /// <summary>Gets why the last reading failed; empty where it did not.</summary>
    public string Problem => _problem;

    /// <summary>Gets what was read last, or reads it where nothing was yet; <see langword="null"/> where that cannot be.</summary>
    public async Task<OpenIdConnectConfiguration?> FindAsync(CancellationToken cancellationToken)
    {
        if (_read is null)
        {
            await RefreshAsync(cancellationToken);
        }

        return _read;
    }

    /// <summary>
    /// Waits, not for ever, for a reading: the one that goes on, or a new one, or none where the last began a moment ago.
    /// </summary>
    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        try
        {
            await Begin().WaitAsync(s_patience, time, cancellationToken);
        }
        catch (TimeoutException)
        {
            // It goes on, and whoever calls next finds what it brings.
        }
    }

    /// <summary>Begins a reading where it is time for one.</summary>
    public void Look()
    {
        if (_read is null || _problem.Length > 0 || time.GetElapsedTime(Volatile.Read(ref _readAt)) >= s_fresh)
        {
            _ = Begin();
        }
    }

    /// <inheritdoc/>
    public async Task<OpenIdConnectConfiguration> GetConfigurationAsync(CancellationToken cancel) =>
        await FindAsync(cancel) ?? throw new InvalidOperationException($"{issuer} cannot be reached: {_problem}");

    /// <inheritdoc/>
    public void RequestRefresh() => _ = Begin();

    private Task Begin()
    {
        lock (_gate)
        {
            if (_reading.IsCompleted && (_began is not { } began || time.GetElapsedTime(began) >= s_between))
            {
                _began = time.GetTimestamp();
                _reading = Task.Run(ReadAsync);
            }

            return _reading;
        }
    }

    private async Task ReadAsync()
    {
        try
        {
            var read = await OpenIdConnectConfigurationRetriever.GetAsync(
                $"{issuer}/.well-known/openid-configuration",
                documents,
                CancellationToken.None
            );
            _problem =
                read.Issuer?.TrimEnd('/') != issuer ? $"its discovery document is of another issuer, '{read.Issuer}'."
                : read.SigningKeys.Count == 0 ? "it publishes no key."
                : "";
            if (_problem.Length == 0)
            {
                _read = read;
                Volatile.Write(ref _readAt, time.GetTimestamp());
            }
        }
#pragma warning disable CA1031 // Whatever a reading meets, what was read before goes on and the next one is made.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            _problem = (exception.InnerException ?? exception).Message;
        }
    }
}
