using System.Net;
using System.Text;
using EarlyWarning.Notification.Channels.Webhook;
using EarlyWarning.Notification.Directory;
using EarlyWarning.Notification.Tests.Infrastructure;
using EarlyWarning.ServiceDefaults.Hosting;
using Google.Protobuf;
using Microsoft.Extensions.Time.Testing;
using static EarlyWarning.Notification.Tests.Infrastructure.Samples;

namespace EarlyWarning.Notification.Tests.Channels;

/// <summary>The receivers of <c>samples/receivers</c> as processes of their own, and what sends to them.</summary>
public sealed class SampleReceiverTests : IDisposable
{
    private const string Other = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private readonly TemporaryFolder _folder = new();

    private string File => Path.Combine(_folder.Path, "inbox.jsonl");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("csharp")]
    [InlineData("python")]
    [InlineData("javascript")]
    public async Task Receiver_SameIdTwiceAndAfterItsCrash_ShowsItOnce(string language)
    {
        await using (var receiver = await ReceiverProcess.StartAsync(language, File, Secret))
        {
            Assert.Equal("HTTP 204 NoContent", await SendAsync(receiver, "1", [Secret]));
            Assert.Equal("HTTP 204 NoContent", await SendAsync(receiver, "1", [Secret]));
            Assert.Equal("HTTP 204 NoContent", await SendAsync(receiver, "2", [Secret]));
            await Eventually.HoldsAsync(
                () => receiver.Shown("1: Subject 1") == 1 && receiver.Shown("2: Subject 2") == 1,
                "each shown once"
            );
        }

        // Its power was cut in the middle of a line.
        await System.IO.File.AppendAllTextAsync(File, "\n{\"id\": \"3\", \"mess");
        await using var again = await ReceiverProcess.StartAsync(language, File, Secret);
        foreach (var id in new[] { "1", "2", "3", "3", "4" })
        {
            Assert.Equal("HTTP 204 NoContent", await SendAsync(again, id, [Secret]));
        }

        await Eventually.HoldsAsync(() => again.Shown("4: Subject 4") == 1, "the last is shown");
        Assert.Equal((0, 0, 1), (again.Shown("Subject 1"), again.Shown("Subject 2"), again.Shown("Subject 3")));
    }

    [Theory]
    [InlineData("csharp")]
    [InlineData("python")]
    [InlineData("javascript")]
    public async Task Receiver_IdThatCannotComeAgain_IsForgottenAtTheStartAndWhileItRuns(string language)
    {
        var now = DateTimeOffset.UtcNow;
        DateTimeOffset[] taken = [now.AddDays(-15), now.AddDays(-14).AddSeconds(5), now.AddDays(-13)];
        await System.IO.File.WriteAllLinesAsync(
            File,
            taken.Select((at, number) => $$$"""{"id": "{{{number + 1}}}", "at": {{{at.ToUnixTimeSeconds()}}}, "message": {}}""")
        );
        await using var receiver = await ReceiverProcess.StartAsync(language, File, Secret);

        await Eventually.HoldsAsync(
            async () =>
            {
                foreach (var id in new[] { "1", "2", "3" })
                {
                    Assert.Equal("HTTP 204 NoContent", await SendAsync(receiver, id, [Secret]));
                }

                return receiver.Shown("Subject 2") > 0;
            },
            "the second is forgotten"
        );

        await Eventually.HoldsAsync(() => receiver.Shown("Subject 1") == 1, "the first is shown");
        Assert.Equal((1, 1, 0), (receiver.Shown("Subject 1"), receiver.Shown("Subject 2"), receiver.Shown("Subject 3")));
    }

    [Theory]
    [InlineData("csharp")]
    [InlineData("python")]
    [InlineData("javascript")]
    public async Task Receiver_WhatIsNotRight_IsRefusedAndNotShown(string language)
    {
        await using var receiver = await ReceiverProcess.StartAsync(language, File, Secret);
        var now = DateTimeOffset.UtcNow;

        Assert.StartsWith("HTTP 401", await SendAsync(receiver, "1", [Other]), StringComparison.Ordinal);
        Assert.StartsWith("HTTP 401", await SendAsync(receiver, "1", [Secret], now.AddMinutes(-6)), StringComparison.Ordinal);
        Assert.StartsWith("HTTP 401", await SendAsync(receiver, "1", [Secret], now.AddMinutes(6)), StringComparison.Ordinal);
        var seconds = WebhookSignature.Timestamp(now);
        Assert.Equal(
            HttpStatusCode.Unauthorized,
            await PostAsync(receiver, """{"data":{"notification":{"subject":"Another"}}}""", "1", seconds, Sign("{}"))
        );
        Assert.Equal(HttpStatusCode.Unauthorized, await PostAsync(receiver, "{}", "2", seconds, Sign("{}")));
        Assert.Equal(HttpStatusCode.Unauthorized, await PostAsync(receiver, "{}", "1", seconds, ""));
        Assert.Equal(HttpStatusCode.Unauthorized, await PostAsync(receiver, "{}", "1", "soon", Sign("{}")));
        Assert.Equal(HttpStatusCode.BadRequest, await PostAsync(receiver, "{}", "1", seconds, Sign("{}")));
        Assert.Equal(HttpStatusCode.BadRequest, await PostAsync(receiver, "no JSON", "1", seconds, Sign("no JSON")));
        var huge = new string(' ', (1 << 20) + 1);
        Assert.NotEqual(HttpStatusCode.NoContent, await PostAsync(receiver, huge, "1", seconds, Sign(huge)));
        Assert.Equal("HTTP 204 NoContent", await SendAsync(receiver, "1", [Secret]));

        await Eventually.HoldsAsync(
            () => receiver.Lines.Count == 2,
            "nothing but the right one is shown",
            seen: () => string.Join('\n', receiver.Lines)
        );

        string Sign(string body) => WebhookSignature.Make([Parse(Secret)], "1", seconds, Encoding.UTF8.GetBytes(body));
    }

    [Theory]
    [InlineData("csharp")]
    [InlineData("python")]
    [InlineData("javascript")]
    public async Task Receiver_SecretReplaced_TakesAllWhicheverSideIsFirst(string language)
    {
        await using (var old = await ReceiverProcess.StartAsync(language, File, Secret))
        {
            Assert.Equal("HTTP 204 NoContent", await SendAsync(old, "1", [Other, Secret]));
        }

        await using (var both = await ReceiverProcess.StartAsync(language, File, Other, Secret))
        {
            Assert.Equal("HTTP 204 NoContent", await SendAsync(both, "2", [Secret]));
            Assert.Equal("HTTP 204 NoContent", await SendAsync(both, "3", [Other, Secret]));
        }

        await using var replaced = await ReceiverProcess.StartAsync(language, File, Other);
        Assert.Equal("HTTP 204 NoContent", await SendAsync(replaced, "4", [Other, Secret]));
        Assert.StartsWith("HTTP 401", await SendAsync(replaced, "5", [Secret]), StringComparison.Ordinal);
    }

    /// <summary>Sends as the suite sends, and gives what the attempt came to.</summary>
    private static async Task<string> SendAsync(ReceiverProcess receiver, string id, string[] secrets, DateTimeOffset? at = null)
    {
        using var channel = new WebhookChannel(
            new(),
            new Suite(true, ""),
            at is { } time ? new FakeTimeProvider(time) : TimeProvider.System
        );
        var target = new ChannelTarget("hook", V1.ChannelKind.Webhook, receiver.Address, [.. secrets.Select(Parse)], "");
        var told = new V1.Notification
        {
            Name = $"notifications/{id}",
            Subject = $"Subject {id}",
            CreateTime = Google.Protobuf.WellKnownTypes.Timestamp.FromDateTimeOffset(Start),
        };
        return (await channel.SendAsync(target, new(id, told, Breach().ToByteString()), TestContext.Current.CancellationToken)).Detail;
    }

    private static async Task<HttpStatusCode?> PostAsync(
        ReceiverProcess receiver,
        string body,
        string id,
        string timestamp,
        string signatures
    )
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, receiver.Address) { Content = new StringContent(body) };
        request.Headers.TryAddWithoutValidation("webhook-id", id);
        request.Headers.TryAddWithoutValidation("webhook-timestamp", timestamp);
        request.Headers.TryAddWithoutValidation("webhook-signature", signatures);
        try
        {
            using var response = await http.SendAsync(request);
            return response.StatusCode;
        }
        catch (HttpRequestException)
        {
            // It hung up on a body that it does not want to read.
            return null;
        }
    }

    private static WebhookSecret Parse(string text) => WebhookSecret.TryParse(text, out var secret) ? secret : throw new FormatException();
}
