using System.Buffers.Text;
using System.Diagnostics;
using System.Text.Json;
using EarlyWarning.Cli.Output;
using Grpc.Core;

namespace EarlyWarning.Cli.Connection;

/// <summary>
/// Tokens from a command that prints one. It is run when the first call is made, when the token is about to expire, and when the suite
/// refuses it.
/// </summary>
/// <param name="command">A line for the shell.</param>
/// <param name="time">The clock.</param>
internal sealed class TokenCommand(string command, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan s_before = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan s_fresh = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);
    private readonly SemaphoreSlim _one = new(1);
    private string? _token;
    private long _made;
    private DateTimeOffset _ends;

    /// <summary>Shows the token with each call.</summary>
    public CallCredentials Credentials =>
        CallCredentials.FromInterceptor(
            async (context, metadata) => metadata.Add("authorization", $"Bearer {await GetAsync(context.CancellationToken)}")
        );

    /// <summary>Gets a token that is good for a while.</summary>
    /// <exception cref="CliException">The command gives none.</exception>
    public async Task<string> GetAsync(CancellationToken cancellation)
    {
        await _one.WaitAsync(cancellation);
        try
        {
            if (_token is null || _ends - time.GetUtcNow() < s_before)
            {
                _token = await RunAsync(cancellation);
                (_made, _ends) = (time.GetTimestamp(), EndOf(_token));
            }

            return _token;
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>
    /// Gives up the token, so that the next call gets another. False where it was made a moment ago, and another would be no better.
    /// </summary>
    public async Task<bool> ForgetAsync(CancellationToken cancellation)
    {
        await _one.WaitAsync(cancellation);
        try
        {
            if (_token is not null && time.GetElapsedTime(_made) < s_fresh)
            {
                return false;
            }

            _token = null;
            return true;
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    private async Task<string> RunAsync(CancellationToken cancellation)
    {
        var (shell, option) = OperatingSystem.IsWindows() ? ("cmd.exe", "/c") : ("/bin/sh", "-c");

        // What it says on its own stderr, such as where to sign in, is for the user.
        using var process = Process.Start(new ProcessStartInfo(shell, [option, command]) { RedirectStandardOutput = true })
            ?? throw new CliException($"--token-command '{command}' did not start.");

        // A process takes real time, whatever clock there is.
        using var patience = new CancellationTokenSource(s_patience, TimeProvider.System);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellation, patience.Token);
        try
        {
            var printed = await process.StandardOutput.ReadToEndAsync(ending.Token);
            await process.WaitForExitAsync(ending.Token);
            var token = printed.Trim();
            return process.ExitCode != 0 ? throw new CliException($"--token-command '{command}' ended with exit code {process.ExitCode}.")
                : token.Length > 0 && token.All(c => c is > ' ' and <= '~') ? token
                : throw new CliException(
                    $"--token-command '{command}' must print a token and nothing else; "
                        + $"it printed {(token.Length == 0 ? "nothing" : "something else")}."
                );
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw cancellation.IsCancellationRequested
                ? new OperationCanceledException(cancellation)
                : new CliException($"--token-command '{command}' did not end within {s_patience.TotalMinutes:0} minutes.");
        }
    }

    /// <summary>When a token says that it ends; one that does not say is good until it is refused.</summary>
    private static DateTimeOffset EndOf(string token)
    {
        try
        {
            return
                token.Split('.') is [_, var payload, _]
                && JsonDocument.Parse(Base64Url.DecodeFromChars(payload)).RootElement.TryGetProperty("exp", out var end)
                && end.TryGetInt64(out var seconds)
                ? DateTimeOffset.FromUnixTimeSeconds(seconds)
                : DateTimeOffset.MaxValue;
        }
        catch (Exception error) when (error is FormatException or JsonException or InvalidOperationException or ArgumentOutOfRangeException)
        {
            return DateTimeOffset.MaxValue;
        }
    }
}
