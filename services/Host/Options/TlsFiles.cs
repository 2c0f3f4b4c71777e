namespace EarlyWarning.Host.Options;

/// <summary>The PEM files with which the suite serves HTTPS.</summary>
/// <param name="Certificate">The suite's certificate, and behind it those that lead to its CA.</param>
/// <param name="Key">Its private key.</param>
/// <param name="ClientCa">The root certificates that sign those of callers; <see langword="null"/> where callers are not asked for
/// one.</param>
public sealed record TlsFiles(string Certificate, string Key, string? ClientCa);
