using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace IntegrationHub.Local.Tests.Scanning;

/// <summary>How the fake answers.</summary>
internal enum ClamdMood
{
    /// <summary>As clamd does.</summary>
    Works,

    /// <summary>It breaks off in the middle of the answer.</summary>
    BreaksOff,

    /// <summary>It never answers.</summary>
    Hangs,

    /// <summary>It reports a fault of its own.</summary>
    Fails,
}

/// <summary>A small clamd, over TCP or a Unix socket: reads INSTREAM as clamd(8) describes it, finds what has the word "infected", refuses what is larger than its limit.</summary>
internal sealed class FakeClamd : IAsyncDisposable
{
    private readonly Socket listener;
    private readonly CancellationTokenSource stopping = new();
    private readonly Task serving;
    private readonly int most;
    private int scans;

    private FakeClamd(Socket listener, Uri address, int most)
    {
        (this.listener, Address, this.most) = (listener, address, most);
        serving = ServeAsync();
    }

    internal Uri Address { get; }

    internal ClamdMood Mood { get; set; }

    /// <summary>How many files it was given.</summary>
    internal int Scans => Volatile.Read(ref scans);

    internal static FakeClamd OnTcp(int most = 1024 * 1024)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        socket.Listen();
        return new FakeClamd(socket, new Uri($"tcp://127.0.0.1:{((IPEndPoint)socket.LocalEndPoint!).Port}"), most);
    }

    internal static FakeClamd OnFile(string path)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(path));
        socket.Listen();
        return new FakeClamd(socket, new Uri($"unix://{path}"), 1024 * 1024);
    }

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        listener.Dispose();
        await serving;
        stopping.Dispose();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                using var client = await listener.AcceptAsync(stopping.Token);
                await using var stream = new NetworkStream(client);
                if (await AnswerAsync(stream) is { } answer)
                {
                    await stream.WriteAsync(Encoding.ASCII.GetBytes(answer), stopping.Token);
                }
            }
        }
        catch (Exception stopped) when (stopping.IsCancellationRequested && stopped is OperationCanceledException or SocketException or ObjectDisposedException or IOException)
        {
            // The test is over.
        }
    }

    private async Task<string?> AnswerAsync(NetworkStream stream)
    {
        var command = new byte["zINSTREAM\0".Length];
        await stream.ReadExactlyAsync(command, stopping.Token);
        Assert.Equal("zINSTREAM\0", Encoding.ASCII.GetString(command));
        using var whole = new MemoryStream();
        var length = new byte[4];
        while (true)
        {
            await stream.ReadExactlyAsync(length, stopping.Token);
            if (BinaryPrimitives.ReadInt32BigEndian(length) is not (> 0 and var next))
            {
                break;
            }

            if (whole.Length + next > most)
            {
                return "INSTREAM size limit exceeded. ERROR\0";
            }

            var piece = new byte[next];
            await stream.ReadExactlyAsync(piece, stopping.Token);
            whole.Write(piece);
        }

        Interlocked.Increment(ref scans);
        if (Mood == ClamdMood.Hangs)
        {
            await stream.ReadAtLeastAsync(length, 1, throwOnEndOfStream: false, stopping.Token);
            return null;
        }

        return Mood switch
        {
            ClamdMood.BreaksOff => "stream: O",
            ClamdMood.Fails => "Could not open the database. ERROR\0",
            _ => Encoding.Latin1.GetString(whole.ToArray()).Contains("infected", StringComparison.Ordinal) ? "stream: Invented.Test-1 FOUND\0" : "stream: OK\0",
        };
    }
}
