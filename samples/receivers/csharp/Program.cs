// Receives webhooks of Early Warning: verifies each, keeps it on the disk, answers, and prints its subject once.
// Usage: WEBHOOK_SECRET=... [WEBHOOK_SECRET_OLD=...] dotnet run -c Release --project samples/receivers/csharp -- PORT FILE
using System.Globalization;
using System.Net;
using EarlyWarning.Receiver;

// While a new secret replaces an old one, either may have signed.
string?[] given = [Environment.GetEnvironmentVariable("WEBHOOK_SECRET"), Environment.GetEnvironmentVariable("WEBHOOK_SECRET_OLD")];
string[] secrets = [.. given.OfType<string>().Where(secret => secret.Length > 0)];
if (secrets.Length == 0 || args is not [var port, var file])
{
    Console.Error.WriteLine("Usage: WEBHOOK_SECRET=... [WEBHOOK_SECRET_OLD=...] EarlyWarning.Receiver PORT FILE");
    return 1;
}

var signature = new Signature(secrets, TimeProvider.System);
using var inbox = new Inbox(file, TimeProvider.System);
var builder = WebApplication.CreateSlimBuilder();
builder.Logging.ClearProviders();
builder.WebHost.ConfigureKestrel(kestrel =>
{
    kestrel.Limits.MaxRequestBodySize = 1 << 20;
    kestrel.Listen(IPAddress.Loopback, int.Parse(port, CultureInfo.InvariantCulture));
});
var app = builder.Build();
app.MapPost("/{**path}", async (HttpRequest request) =>
{
    using var body = new MemoryStream();
    await request.Body.CopyToAsync(body);
    if (!signature.IsRight(request.Headers, body.ToArray()))
    {
        return Results.Unauthorized();
    }

    if (Message.Read(body.ToArray()) is not { } message)
    {
        return Results.BadRequest();
    }

    var id = request.Headers["webhook-id"].ToString();
    if (inbox.Take(id, message))
    {
        Console.WriteLine($"{id}: {message.GetProperty("data").GetProperty("notification").GetProperty("subject").GetString()}");
    }

    // Taken now or before: either way the sender may stop.
    return Results.NoContent();
});
await app.StartAsync();
Console.WriteLine($"Listening on {app.Urls.First()}/");
await app.WaitForShutdownAsync();
return 0;
